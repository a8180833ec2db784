"""What opens a bucket, a queue or a function to everybody: lists of access, policies, grants; and what takes that back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from plan_building import ReadPlan, ReadText, resource, section, unknown_paths

from hds_audit.model.imported import Imported

BUCKET = resource("aws_s3_bucket.b", {"bucket": "b-data", "id": "b-data"})


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements) if len(statements) != 1 else statements[0]})


def allow(principal: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject", "Resource": "*", **more}


def bucket_policy(text: str) -> dict[str, Any]:
    return resource("aws_s3_bucket_policy.b", {"bucket": "b-data", "policy": text})


def block(**flags: bool) -> dict[str, Any]:
    return resource("aws_s3_bucket_public_access_block.b", {"bucket": "b-data", **flags})


def acl(word: str = "public-read") -> dict[str, Any]:
    return resource("aws_s3_bucket_acl.b", {"bucket": "b-data", "acl": word})


def exposed(found: Imported, *, component: str = "") -> object:
    components = section(found, "components")
    return components[component or next(iter(components))].get("internet_exposed")


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([allow()], True),
        ([allow({"AWS": "*"})], True),
        ([allow({"AWS": ["arn:aws:iam::1:root", "*"]})], True),
        ([allow({"AWS": "arn:aws:iam::1:root"}), allow()], True),
        ([allow(Condition={"Bool": {"aws:SecureTransport": "true"}})], True),
        ([{"Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::1:root"}, "Action": "s3:*", "Resource": "*"}], True),
        ([allow(Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}})], None),
        ([allow(Condition={"IpAddress": {"aws:SourceIp": "198.51.100.0/24"}})], None),
        ([allow({"Service": "cloudfront.amazonaws.com"})], None),
        ([allow({"AWS": "arn:aws:iam::1:root"})], None),
        ([allow(Effect="Deny", Condition={"Bool": {"aws:SecureTransport": "false"}})], None),
        ([allow({"AWS": 3}), allow(None), allow([1])], None),
    ],
)
def test_a_policy_opens_a_bucket_where_it_allows_everybody(read_plan: ReadPlan, statements: list[dict[str, Any]], expected: object) -> None:
    assert exposed(read_plan(BUCKET, bucket_policy(policy(*statements)))) is expected


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"Statement": 3}', '{"Statement": ["x", null]}', "[" * 5000])
def test_a_policy_that_is_none_says_nothing(read_plan: ReadPlan, text: str) -> None:
    assert exposed(read_plan(BUCKET, bucket_policy(text))) is None


EVERYTHING = {"block_public_acls": True, "block_public_policy": True, "ignore_public_acls": True, "restrict_public_buckets": True}


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([acl()], True),
        ([acl("private")], None),
        ([acl(), block(**EVERYTHING)], False),
        ([block(**EVERYTHING), acl(), bucket_policy(policy(allow()))], False),
        ([block(ignore_public_acls=True), acl()], None),
        ([block(ignore_public_acls=True), bucket_policy(policy(allow()))], True),
        ([block(restrict_public_buckets=True), bucket_policy(policy(allow()))], None),
        ([block(restrict_public_buckets=True), acl()], True),
        ([block(**dict.fromkeys(EVERYTHING, False)), acl()], True),
    ],
)
def test_a_block_takes_back_what_lists_and_policies_open(read_plan: ReadPlan, resources: list[dict[str, Any]], expected: object) -> None:
    assert exposed(read_plan(BUCKET, *resources)) is expected


def test_grants_to_everybody_open_a_bucket(read_plan: ReadPlan) -> None:
    grant = {"grantee": [{"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AllUsers"}], "permission": "READ"}
    listed = resource("aws_s3_bucket_acl.b", {"bucket": "b-data", "access_control_policy": [{"grant": [grant]}]})
    assert exposed(read_plan(BUCKET, listed)) is True


def test_a_policy_that_is_not_known_yet_leaves_it_open(read_plan: ReadPlan) -> None:
    bare = resource("aws_s3_bucket_policy.b", {"bucket": "b-data"})
    found = read_plan(BUCKET, bare, unknown={"aws_s3_bucket_policy.b": {"policy": True}})
    assert "components.s3-bucket-b.internet_exposed" in unknown_paths(found)


@pytest.mark.parametrize(
    ("principals", "expected"), [([{"type": "*", "identifiers": ["*"]}], True), ([{"type": "AWS", "identifiers": ["*"]}], True),
                                 ([{"type": "Service", "identifiers": ["cloudfront.amazonaws.com"]}], None)],
)  # fmt: skip
def test_a_policy_document_that_the_plan_describes_is_read(read_plan: ReadPlan, principals: list[Any], expected: object) -> None:
    statement = {"actions": ["s3:GetObject"], "effect": None, "principals": principals, "not_principals": [], "condition": []}
    change = {"actions": ["read"], "after": {"statement": [statement]}}
    document = {"address": "data.aws_iam_policy_document.d", "mode": "data", "type": "aws_iam_policy_document", "change": change}
    bare = resource("aws_s3_bucket_policy.b", {"bucket": "b-data"})
    found = read_plan(BUCKET, bare, references=REFERS, resource_changes=[document])
    assert exposed(found) is expected


@pytest.mark.parametrize(("principal", "expected"), [({"AWS": "*"}, True), ({"Service": "x"}, None)])
def test_a_policy_document_of_the_state_before_is_read(read_plan: ReadPlan, principal: Any, expected: object) -> None:
    known = {
        "address": "data.aws_iam_policy_document.d",
        "mode": "data",
        "type": "aws_iam_policy_document",
        "values": {"json": policy(allow(principal))},
    }
    gone = resource("aws_s3_bucket.gone", {"bucket": "gone"})
    prior = {"values": {"root_module": {"child_modules": [{"resources": [known, gone]}]}}}
    bare = resource("aws_s3_bucket_policy.b", {"bucket": "b-data"})
    found = read_plan(BUCKET, bare, references=REFERS, prior_state=prior)
    assert exposed(found) is expected
    assert section(found, "components").keys() == {"s3-bucket-b"}


REFERS = {"aws_s3_bucket_policy.b": {"policy": ["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"]}}
HCL = """
provider "aws" { region = "eu-west-3" }
resource "aws_s3_bucket" "b" {}
data "aws_iam_policy_document" "d" {
  statement {
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.b.arn}/*"]
    CONDITION
  }
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = POLICY
}
"""
VPC = 'condition {\n test = "StringEquals"\n variable = "aws:SourceVpce"\n values = ["vpce-1"]\n}'


@pytest.mark.parametrize(
    ("given", "condition", "expected"),
    [
        ("data.aws_iam_policy_document.d.json", "", True),
        ("data.aws_iam_policy_document.d.json", VPC, None),
        (
            'jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "${aws_s3_bucket.b.arn}/*" }] })',
            "",
            True,
        ),
        ("data.aws_iam_policy_document.elsewhere.json", "", None),
    ],
)
def test_policies_of_configuration_files(read_text: ReadText, given: str, condition: str, expected: object) -> None:
    pytest.importorskip("tfparse")
    found = read_text("terraform", main_tf=HCL.replace("POLICY", given).replace("CONDITION", condition))
    assert exposed(found) is expected


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        (
            [
                resource("azurerm_storage_account.a", {"name": "a", "id": "/a"}),
                resource("azurerm_storage_container.c", {"storage_account_id": "/a", "container_access_type": "blob"}),
            ],
            True,
        ),
        (
            [
                resource("azurerm_storage_account.a", {"name": "a", "id": "/a"}),
                resource("azurerm_storage_container.c", {"storage_account_id": "/a", "container_access_type": "private"}),
            ],
            None,
        ),
        (
            [
                resource("azurerm_storage_account.a", {"name": "a", "id": "/a", "allow_nested_items_to_be_public": False}),
                resource("azurerm_storage_container.c", {"storage_account_id": "/a", "container_access_type": "container"}),
            ],
            None,
        ),
        (
            [
                resource("azurerm_storage_account.a", {"name": "a", "id": "/a", "public_network_access_enabled": False}),
                resource("azurerm_storage_container.c", {"storage_account_id": "/a", "container_access_type": "container"}),
            ],
            False,
        ),
        (
            [
                resource("google_storage_bucket.a", {"name": "a", "location": "EU"}),
                resource("google_storage_bucket_iam_member.a", {"bucket": "a", "member": "allUsers", "role": "roles/storage.objectViewer"}),
            ],
            True,
        ),
        (
            [
                resource("google_storage_bucket.a", {"name": "a", "location": "EU", "public_access_prevention": "enforced"}),
                resource("google_storage_bucket_iam_binding.a", {"bucket": "a", "members": ["user:x@y.fr", "allUsers"]}),
            ],
            False,
        ),
        (
            [
                resource("google_storage_bucket.a", {"name": "a", "location": "EU"}),
                resource(
                    "google_storage_bucket_iam_policy.a",
                    {"bucket": "a", "policy_data": '{"bindings": [{"members": ["allUsers"], "role": "r"}]}'},
                ),
            ],
            True,
        ),
        (
            [
                resource("google_storage_bucket.a", {"name": "a", "location": "EU"}),
                resource("google_storage_bucket_acl.a", {"bucket": "a", "role_entity": ["OWNER:user-x", "READER:allUsers"]}),
            ],
            True,
        ),
        (
            [
                resource("google_storage_bucket.a", {"name": "a", "location": "EU", "uniform_bucket_level_access": True}),
                resource("google_storage_default_object_access_control.a", {"bucket": "a", "entity": "allUsers", "role": "READER"}),
            ],
            None,
        ),
        (
            [
                resource("google_cloud_run_v2_service.a", {"name": "a", "location": "europe-west9"}),
                resource("google_cloud_run_v2_service_iam_member.a", {"name": "a", "member": "allUsers", "role": "roles/run.invoker"}),
            ],
            True,
        ),
        (
            [
                resource("scaleway_object_bucket.a", {"name": "a", "id": "fr-par/a"}),
                resource("scaleway_object_bucket_policy.a", {"bucket": "a", "policy": policy(allow({"SCW": "*"}))}),
            ],
            True,
        ),
        (
            [
                resource("scaleway_object_bucket.a", {"name": "a", "id": "fr-par/a"}),
                resource("scaleway_object_bucket_acl.a", {"bucket": "a", "acl": "authenticated-read"}),
            ],
            True,
        ),
        (
            [
                resource("aws_sqs_queue.a", {"name": "a", "id": "https://sqs/a"}),
                resource("aws_sqs_queue_policy.a", {"queue_url": "https://sqs/a", "policy": policy(allow())}),
            ],
            True,
        ),
        ([resource("openstack_objectstorage_container_v1.a", {"name": "a", "container_read": ".r:*,.rlistings"})], True),
    ],
)
def test_what_other_clouds_open_to_everybody(read_plan: ReadPlan, resources: list[dict[str, Any]], expected: object) -> None:
    assert exposed(read_plan(*resources)) is expected
