"""What a dossier says of itself, in both languages, to whoever opens it without this tool."""

SEALED = """Sealed dossier of hds-audit                                    (français ci-dessous)

input/        the description that was audited, the files it includes, the documents and templates it names
report.json   the facts, findings, waivers and digests of the rules and the catalogue
request.json  how it was audited
SHA256SUMS    the SHA-256 of every file: `sha256sum -c SHA256SUMS`
SHA256SUMS.sig, public-key.pem    where it was signed. The key in the dossier proves nothing of who signed:
              compare it with one obtained elsewhere. For Ed25519:
              openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
              For ECDSA: openssl dgst -sha256 -verify KEY.pem -signature SHA256SUMS.sig SHA256SUMS

`hds-audit verify DIR` checks all of this; `--replay` audits the input again, with the same rules, and must find the same.
A seal shows that nothing changed since. It shows neither that what is declared is true, nor when it was sealed.
This dossier holds the whole description: it is confidential.

----

Dossier scellé par hds-audit

input/        la description auditée, les fichiers inclus, les documents et gabarits qu'elle désigne
report.json   les faits, constats, risques acceptés et empreintes des règles et du catalogue
request.json  les conditions de l'audit
SHA256SUMS    l'empreinte SHA-256 de chaque fichier : `sha256sum -c SHA256SUMS`
SHA256SUMS.sig, public-key.pem    si le dossier est signé. La clé jointe ne prouve pas l'identité du signataire :
              la comparer à celle obtenue par une autre voie (commandes openssl ci-dessus).

`hds-audit verify DIR` vérifie l'ensemble ; `--replay` rejoue l'audit avec les mêmes règles et doit trouver les mêmes constats.
Un sceau montre que rien n'a changé depuis. Il ne montre ni que les déclarations sont exactes, ni la date du scellement.
Ce dossier contient toute la description : il est confidentiel.
"""

REDACTED = """Redacted report of hds-audit                                   (français ci-dessous)

Hidden, behind pseudonyms: names and identifiers of the application, organisations, hosts, components, data, keys, flows, certificates,
persons, addresses, documents, files and templates; every free text; the lines of the description. Sentences that named them are
replaced by the title of their rule. Pseudonyms are HMAC-SHA-256 under a key that is not here: the same key gives the same pseudonyms,
so that two redacted reports of one client may be laid side by side.

NOT hidden: how many things there are and how they are joined; kinds, countries, dates, durations, versions and other words of the format;
which laws reach what; line numbers; verdicts, rules, texts, accepted risks and their dates. Whoever knows the market may guess a
provider from its countries, laws and dates. The digests of inputs are keyed too. This copy cannot be replayed.

----

Rapport caviardé par hds-audit

Masqués par des pseudonymes : noms et identifiants de l'application, des organisations, hébergeurs, composants, données, clés, flux,
certificats, personnes, adresses, documents, fichiers et gabarits ; tout texte libre ; les lignes de la description. Les phrases qui les
nommaient sont remplacées par l'intitulé de leur règle. Les pseudonymes sont des HMAC-SHA-256 sous une clé absente d'ici : la même clé
donne les mêmes pseudonymes, ce qui permet de rapprocher deux rapports caviardés d'un même client.

NON masqués : le nombre de choses et leurs liens ; natures, pays, dates, durées, versions et autres mots du format ; les lois qui
atteignent quoi ; numéros de ligne ; verdicts, règles, textes, risques acceptés et leurs dates. Qui connaît le marché peut deviner un
fournisseur d'après ses pays, ses lois et ses dates. Les empreintes des fichiers sont elles aussi sous clé. Cette copie ne se rejoue pas.
"""
