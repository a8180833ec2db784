"""Kustomize: overlays over their bases, patches, images, settings that are generated, and what is not here."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_building import section

from hds_audit.importers.importer import importers
from hds_audit.importers.tables import Tables
from hds_audit.model.imported import Imported
from hds_audit.pipeline.importing import discover, recognise

BASE = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry/web
          env:
            - {name: COLOUR, value: blue}
            - {name: DATABASE_URL, value: 'postgres://db/x?sslmode=disable'}
          envFrom: [{configMapRef: {name: settings}}]
"""
DB = """
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec: {serviceName: db, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: 'postgres:15'}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: db}}
"""
PATCH = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: web, env: [{name: DATABASE_URL, value: 'postgres://db/x?sslmode=require'}]}]}}}
"""


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(tables: Tables, *paths: Path) -> Imported:
    return importers()["kubernetes"].read(paths, tables)


def overlay(more: str = "", base: str = "../../base") -> str:
    return f"resources: [{base}]\n{more}\n"


@pytest.fixture
def based(tmp_path: Path) -> Path:
    write(
        tmp_path,
        base__kustomization_yaml="resources: [web.yaml, db.yaml]\n",
        base__web_yaml=BASE,
        base__db_yaml=DB,
        base__forgotten_yaml=PATCH,
    )
    return tmp_path


def tls(found: Imported, flow: str = "web--db") -> object:
    return section(found, "flows")[flow]["transport"].get("tls")


def test_an_overlay_is_its_base_with_its_patches_over_it(based: Path, tables: Tables) -> None:
    write(based, overlays__prod__kustomization_yaml=overlay("patches: [{path: patch.yaml}]"), overlays__prod__patch_yaml=PATCH)
    found = read(tables, based)
    assert section(found, "components").keys() == {"web", "db"}
    assert tls(found) is True
    assert found.origins["components.web"].file == str(based / "base" / "web.yaml")
    assert read(tables, based / "overlays" / "prod").data == found.data
    assert tls(read(tables, based / "base")) is False


@pytest.mark.parametrize(
    "more",
    [
        "patchesStrategicMerge: [patch.yaml]",
        "patches: [{path: patch.yaml, target: {kind: Deployment}}]",
        "patches:\n  - target: {kind: Deployment, name: web}\n    patch: |-\n      - {op: replace, path: /spec/template/spec/containers/0/env/1/value, value: 'postgres://db/x?sslmode=require'}",
        "patchesJson6902:\n  - target: {group: apps, version: v1, kind: Deployment, name: web}\n    path: json.yaml",
        "patches:\n  - target: {kind: Deployment, name: 'w.b'}\n    patch: |-\n      - {op: remove, path: /spec/template/spec/containers/0/env/1}\n"
        "      - {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: PG_URL, value: 'postgres://db/x?sslmode=require'}}",
        "components: [../../tls]",
    ],
)
def test_the_forms_of_patches(based: Path, tables: Tables, more: str) -> None:
    json = "[{op: replace, path: /spec/template/spec/containers/0/env/1/value, value: 'postgres://db/x?sslmode=require'}]"
    write(
        based,
        overlays__prod__kustomization_yaml=overlay(more),
        overlays__prod__patch_yaml=PATCH,
        overlays__prod__json_yaml=json,
        tls__kustomization_yaml="kind: Component\npatches: [{path: patch.yaml}]\n",
        tls__patch_yaml=PATCH,
    )
    found = read(tables, based / "overlays")
    assert tls(found) is True
    assert [refusal for refusal in found.refusals if "kustomize build" in refusal.reason.en] == []


@pytest.mark.parametrize(
    ("target", "patched"),
    [("{kind: Deployment, name: other}", False), ("{kind: StatefulSet}", False), ("{name: web}", True), ("{labelSelector: 'a=b'}", False)],
)
def test_a_patch_reaches_its_target_alone(based: Path, tables: Tables, target: str, patched: bool) -> None:
    json = "[{op: replace, path: /spec/template/spec/containers/0/env/1/value, value: 'postgres://db/x?sslmode=require'}]"
    write(based, o__kustomization_yaml=f"bases: [../base]\npatches: [{{target: {target}, path: json.yaml}}]\n", o__json_yaml=json)
    assert tls(read(tables, based)) is patched


@pytest.mark.parametrize(
    "patch",
    [
        "{path: patch.yaml}",
        "{target: {name: web}, patch: '[{op: replace, path: /spec/template/spec/containers/0/env/0/value, value: \"postgres://db/x?sslmode=require\"}]'}",
    ],
)
def test_a_patch_leaves_others_alone_that_share_an_anchor(tmp_path: Path, tables: Tables, patch: str) -> None:
    shared = "&pod {template: {spec: {containers: [{name: web, image: x, env: [{name: DATABASE_URL, value: 'postgres://db/x?sslmode=disable'}]}]}}}"
    listed = (
        "apiVersion: v1\nkind: List\nitems:\n"
        f"- {{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web}}, spec: {shared}}}\n"
        "- {apiVersion: apps/v1, kind: Deployment, metadata: {name: other}, spec: *pod}\n"
    )
    write(
        tmp_path,
        kustomization_yaml=f"resources: [list.yaml, db.yaml]\npatches: [{patch}]\n",
        list_yaml=listed,
        db_yaml=DB,
        patch_yaml=PATCH,
    )
    found = read(tables, tmp_path)
    assert (tls(found), tls(found, "other--db")) == (True, False)


def test_an_operation_makes_the_mappings_that_it_needs(based: Path, tables: Tables) -> None:
    ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: way}\nspec: {defaultBackend: {service: {name: db}}}\n"
    add = "[{op: add, path: /metadata/annotations/kubernetes.io~1ingress.class, value: internal}]"
    write(
        based,
        o__kustomization_yaml="resources: [../base, i.yaml]\npatches: [{path: j.yaml, target: {kind: Ingress}}]\n",
        o__i_yaml=ingress,
        o__j_yaml=add,
    )
    found = read(tables, based)
    assert "internet--db" not in section(found, "flows")
    assert "internet_exposed" not in section(found, "components")["db"]


def test_a_patch_can_delete(based: Path, tables: Tables) -> None:
    gone = "$patch: delete\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\n"
    write(based, o__kustomization_yaml="resources: [../base]\npatchesStrategicMerge: [gone.yaml]\n", o__gone_yaml=gone)
    assert section(read(tables, based), "components").keys() == {"web"}


def test_images_and_settings_that_are_generated(based: Path, tables: Tables) -> None:
    more = (
        "images: [{name: postgres, newName: registry.example.org/timescale/timescaledb, newTag: 2.1-pg16}]\n"
        "configMapGenerator: [{name: settings, literals: ['SENTRY_DSN=https://k@o1.ingest.sentry.io/1'], envs: [more.env]}]\n"
        "secretGenerator: [{name: hidden, literals: [DB_PASSWORD=planted-secret]}]\nnamespace: prod\nnamePrefix: p-"
    )
    write(based, o__kustomization_yaml=f"resources: [../base]\n{more}\n")
    (based / "o" / "more.env").write_text("SMTP_HOST=in-v3.mailjet.com\n", encoding="utf-8")
    found = read(tables, based)
    assert section(found, "components")["db"]["product"]["name"] == "timescaledb"
    assert {"web--sentry-error-monitoring", "web--mailjet-email"} <= section(found, "flows").keys()
    assert "planted-secret" not in str(found)


def test_names_with_a_prefix_are_known_under_it(tmp_path: Path, tables: Tables) -> None:
    client = BASE.replace("postgres://db/", "postgres://p-db-s/")
    write(tmp_path, kustomization_yaml="resources: [web.yaml, db.yaml]\nnamePrefix: p-\nnameSuffix: -s\n", web_yaml=client, db_yaml=DB)
    assert tls(read(tables, tmp_path)) is False


def test_of_several_environments_production_is_read_and_the_others_are_told(based: Path, tables: Tables) -> None:
    write(
        based,
        overlays__dev__kustomization_yaml=overlay(),
        overlays__production__kustomization_yaml=overlay("patches: [{path: patch.yaml}]"),
        overlays__production__patch_yaml=PATCH,
    )
    found = read(tables, based)
    assert section(found, "components").keys() == {"web", "db"}
    assert tls(found) is True
    told = {refusal.where: refusal.reason.en for refusal in found.refusals}
    assert told.keys() == {str(based / "overlays" / "dev"), str(based / "base")}
    assert "forgotten.yaml" in told[str(based / "base")]
    assert "production" in told[str(based / "overlays" / "dev")]


def test_environments_of_which_none_is_production_are_all_read(based: Path, tables: Tables) -> None:
    write(based, overlays__east__kustomization_yaml=overlay(), overlays__west__kustomization_yaml=overlay())
    found = read(tables, based)
    assert section(found, "components").keys() == {"web", "db", "web-2", "db-2"}
    assert section(found, "flows").keys() == {"web--db", "web-2--db-2"}


def test_the_kustomization_of_the_folder_itself_is_the_whole(based: Path, tables: Tables) -> None:
    write(based, kustomization_yaml="resources: [base]\n", tests__a__kustomization_yaml=overlay(), tests__b__kustomization_yaml=overlay())
    found = read(tables, based)
    assert section(found, "components").keys() == {"web", "db"}
    assert {refusal.where for refusal in found.refusals} >= {str(based / "tests" / "a"), str(based / "tests" / "b")}


def test_files_beside_the_kustomization_are_read_where_they_were_given(tmp_path: Path, tables: Tables) -> None:
    write(tmp_path, base__kustomization_yaml="resources: [../apps/web.yaml, ../apps/db.yaml]\n", apps__web_yaml=BASE, apps__db_yaml=DB)
    assert section(read(tables, tmp_path), "components").keys() == {"web", "db"}
    inside = read(tables, tmp_path / "base")
    assert inside.empty
    assert len(inside.refusals) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("resources: ['https://github.com/a/b//c?ref=v1']", "not here"),
        ("resources: ['github.com/a/b']", "not here"),
        ("resources: [absent.yaml]", "not here"),
        ("resources: [../../../../../../etc]", "not here"),
        ("helmCharts: [{name: postgresql, repo: 'https://charts'}]", "kustomize build"),
        ("generators: [x.yaml]", "kustomize build"),
        ("patches: [{path: absent.yaml}]", "not here"),
    ],
)
def test_what_is_not_here_is_told(tmp_path: Path, tables: Tables, text: str, said: str) -> None:
    write(tmp_path, kustomization_yaml=f"{text}\n")
    found = read(tables, tmp_path)
    assert said in found.refusals[0].reason.en
    assert found.refusals[0].where.startswith(str(tmp_path / "kustomization.yaml"))


def test_circles_and_strange_shapes_end(tmp_path: Path, tables: Tables) -> None:
    write(
        tmp_path,
        a__kustomization_yaml="resources: [../b, .]\n",
        b__kustomization_yaml="resources: [../a, ../b]\npatches: [1, {path: [x]}, {patch: '- 1'}]\n",
    )
    write(
        tmp_path,
        c__kustomization_yaml="resources: 3\nimages: [1, {newName: 3}]\nconfigMapGenerator: [1, {name: x, literals: 3}]\npatches: {a: b}\n",
    )
    read(tables, tmp_path)


def test_a_folder_is_discovered_with_its_overlays(based: Path, tables: Tables) -> None:
    write(based, overlays__prod__kustomization_yaml=overlay("patches: [{path: patch.yaml}]"), overlays__prod__patch_yaml=PATCH)
    (found,) = discover(based)
    assert recognise(based) == "kubernetes"
    assert found.importer == "kubernetes"
    assert tls(read(tables, *found.paths)) is True


def test_a_manifest_that_is_named_is_read_by_itself(based: Path, tables: Tables) -> None:
    write(based, overlays__prod__kustomization_yaml=overlay())
    assert section(read(tables, based / "base" / "web.yaml"), "components").keys() == {"web"}


def test_a_folder_of_several_formats_is_for_no_one_importer(based: Path) -> None:
    write(based, docker_tf="")
    (based / "compose.yaml").write_text("services:\n  a: {image: x}\n", encoding="utf-8")
    assert recognise(based) is None
    (based / "empty").mkdir()
    assert recognise(based / "empty") is None
