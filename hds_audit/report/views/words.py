"""The words of reports: verdicts, levels, who must act, outcomes, in both languages."""

from __future__ import annotations

from hds_audit.model.report import Finding, Outcome, Verdict
from hds_audit.model.text import Text

OUTCOMES: dict[Outcome, Text] = {
    "compliant": Text("No mandatory gap found on declared facts", "Aucun écart obligatoire relevé sur les faits déclarés"),
    "non-compliant": Text("Non-compliant", "Non conforme"),
    "not-established": Text("Not established", "Non démontré"),
    "waived": Text(
        "Only accepted risks are left; the non-compliance stays", "Il ne reste que des risques acceptés ; la non-conformité demeure"
    ),
    "fault": Text("A rule broke: the audit is not complete", "Une règle a échoué : l'audit n'est pas complet"),
}
VERDICTS: dict[Verdict, Text] = {
    "pass": Text("complies", "conforme"),
    "fail": Text("does not comply", "non conforme"),
    "unknown": Text("not shown", "non démontré"),
    "manual": Text("to attest", "à attester"),
    "not-applicable": Text("not applicable", "sans objet"),
    "error": Text("error", "erreur"),
}
WAIVED = Text("accepted risk, non-compliance maintained", "risque accepté, non-conformité maintenue")
PASSES = {
    "declared": Text("complies (declared)", "conforme (déclaré)"),
    "documented": Text("complies (document seen)", "conforme (pièce vue)"),
    "observed": Text("complies (observed)", "conforme (observé)"),
}
LEVELS = {
    "mandatory": Text("mandatory", "obligatoire"),
    "recommended": Text("recommended", "recommandé"),
    "sovereign": Text("sovereign", "souveraineté"),
}
SEVERITIES = {
    "critical": Text("critical", "critique"),
    "high": Text("high", "élevée"),
    "medium": Text("medium", "moyenne"),
    "low": Text("low", "faible"),
}
ADDRESSEES = {
    "host": Text("your host", "votre hébergeur"),
    "customer": Text("you, as its customer", "vous, en tant que client"),
    "controller": Text("the controller", "le responsable de traitement"),
    "processor": Text("the processor", "le sous-traitant"),
    "publisher": Text("you, as the publisher", "vous, en tant qu'éditeur"),
}
ACTORS = {**ADDRESSEES, "host": Text("your host, at your request", "votre hébergeur, à votre demande")}
CONFIDENCES = {"high": Text("high", "élevée"), "medium": Text("medium", "moyenne"), "low": Text("low", "faible")}
FRAMEWORKS = {
    "hds": Text("HDS", "HDS"),
    "gdpr": Text("GDPR", "RGPD"),
    "cloud_act": Text("Foreign laws", "Lois étrangères"),
    "iso27001": Text("ISO/IEC 27001", "ISO/IEC 27001"),
}


def said_verdict(finding: Finding, origin: str = "") -> Text:
    """The verdict of a finding in words; a pass says what it rests on, a waived fail that it stays one."""
    if finding.waiver is not None and finding.verdict == "fail":
        return WAIVED
    return PASSES.get(origin, VERDICTS["pass"]) if finding.verdict == "pass" else VERDICTS[finding.verdict]
