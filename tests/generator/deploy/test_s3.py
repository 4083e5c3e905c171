"""`gatherwell deploy s3` on moto's S3 and CloudFront, over HTTP."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests.generator.command_line import Ran, Run
from tests.sites import TinySite

BUCKET = "pages"


@pytest.fixture(scope="module")
def aws() -> Iterator[str]:
    """The address of moto's server."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def cloud(aws: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """S3 as boto3 finds it by its own chain, with one empty bucket."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    found = {"ACCESS_KEY_ID": "testing", "SECRET_ACCESS_KEY": "testing", "REGION": "us-east-1"}
    for name, value in {**found, "DEFAULT_REGION": "us-east-1", "ENDPOINT_URL": aws}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    s3 = boto3.client("s3")
    for old in s3.list_buckets()["Buckets"]:
        for key in _keys(s3, old["Name"]):
            s3.delete_object(Bucket=old["Name"], Key=key)
        s3.delete_bucket(Bucket=old["Name"])
    s3.create_bucket(Bucket=BUCKET)
    return s3


def _keys(s3: Any, bucket: str = BUCKET) -> set[str]:
    return {item["Key"] for item in s3.list_objects_v2(Bucket=bucket).get("Contents", ())}


def deploy(run: Run, *options: str) -> Ran:
    return run("deploy", "s3", "--bucket", BUCKET, *options)


@pytest.fixture
def deployed(run: Run, site: TinySite, cloud: Any) -> Any:
    """A site of two articles in the bucket."""
    site.put("content/migraine/b.md", "---\ntitle: Article B\n---\nText.\n")
    site.build()
    told = deploy(run)
    assert told.code == 0, told.err
    return cloud


def test_a_first_deploy_sends_every_file_as_it_should_be_served(site: TinySite, deployed: Any) -> None:
    own = {"_headers", "_redirects", ".gatherwell-outputs"}
    files = {path.relative_to(site.out).as_posix() for path in site.out.rglob("*") if path.is_file()}
    assert _keys(deployed) == files - own
    page = deployed.get_object(Bucket=BUCKET, Key="migraine/a/index.html")
    assert page["Body"].read() == (site.out / "migraine/a/index.html").read_bytes()
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "public, max-age=60")
    sheet = next(key for key in files if key.endswith(".css"))
    assert "immutable" in deployed.head_object(Bucket=BUCKET, Key=sheet)["CacheControl"]


def test_a_second_deploy_sends_only_what_changed(run: Run, site: TinySite, deployed: Any) -> None:
    before = {key: deployed.head_object(Bucket=BUCKET, Key=key)["LastModified"] for key in _keys(deployed)}
    unchanged = deploy(run)
    assert unchanged.out.startswith(f"0 files sent (0 new), 0 deleted, {len(before)} as they were")
    site.replace("content/migraine/b.md", "Text.", "Another text.")
    site.build()
    planned = [line[2:] for line in deploy(run, "--dry-run").out.splitlines() if line.startswith("~ ")]
    assert "migraine/b/index.html" in planned
    assert "migraine/a/index.html" not in planned
    told = deploy(run)
    assert told.out.startswith(f"{len(planned)} files sent (0 new), 0 deleted")
    assert b"Another text." in deployed.get_object(Bucket=BUCKET, Key="migraine/b/index.html")["Body"].read()
    assert deploy(run).out.startswith("0 files sent")


def test_a_page_that_is_gone_is_deleted_with_what_was_its_own(
    run: Run, site: TinySite, deployed: Any
) -> None:
    site.delete("content/migraine/b.md")
    site.build()
    assert "- migraine/b/index.html\n" in deploy(run, "--dry-run").out
    assert "migraine/b/index.html" in _keys(deployed)
    assert "1 deleted" in deploy(run).out
    assert "migraine/b/index.html" not in _keys(deployed)


def test_files_may_be_kept(run: Run, site: TinySite, deployed: Any) -> None:
    site.delete("content/migraine/b.md")
    site.build()
    assert deploy(run, "--keep").code == 0
    assert "migraine/b/index.html" in _keys(deployed)


def test_somebody_else_s_bucket_is_not_emptied(run: Run, site: TinySite, cloud: Any) -> None:
    for name in ("letters/1.txt", "letters/2.txt"):
        cloud.put_object(Bucket=BUCKET, Key=name, Body=b"precious")
    site.build()
    told = deploy(run)
    assert told.code == 1
    assert "2 of the 2 files there would be deleted: letters/1.txt, letters/2.txt" in told.err
    assert _keys(cloud) == {"letters/1.txt", "letters/2.txt"}
    assert deploy(run, "--most-deleted", "100", "--dry-run").code == 0
    assert deploy(run, "--yes").code == 0
    assert "letters/1.txt" not in _keys(cloud)


def test_a_site_below_a_path_lies_in_a_folder_and_leaves_the_others_alone(
    run: Run, site: TinySite, cloud: Any
) -> None:
    cloud.put_object(Bucket=BUCKET, Key="letters/1.txt", Body=b"precious")
    site.replace("gatherwell.yaml", "https://tiny.example/", "https://tiny.example/health/")
    site.build()
    assert deploy(run).code == 0
    assert {"letters/1.txt", "health/index.html", "health/migraine/a/index.html"} <= _keys(cloud)
    assert "index.html" not in _keys(cloud)


def test_cloudfront_is_told_of_what_changed(run: Run, site: TinySite, deployed: Any, aws: str) -> None:
    front = boto3.client("cloudfront")
    origin = {
        "Id": "pages",
        "DomainName": "pages.s3.us-east-1.amazonaws.com",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    made = front.create_distribution(
        DistributionConfig={
            "CallerReference": "1",
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {"TargetOriginId": "pages", "ViewerProtocolPolicy": "allow-all"},
        }
    )["Distribution"]["Id"]
    site.replace("content/migraine/b.md", "Text.", "Another text.")
    site.build()
    told = deploy(run, "--distribution", made)
    assert told.code == 0, told.err
    listed = front.list_invalidations(DistributionId=made)["InvalidationList"]["Items"]
    assert len(listed) == 1
    sent = front.get_invalidation(DistributionId=made, Id=listed[0]["Id"])["Invalidation"]
    assert "/migraine/b/" in sent["InvalidationBatch"]["Paths"]["Items"]
    deploy(run, "--distribution", made)
    assert len(front.list_invalidations(DistributionId=made)["InvalidationList"]["Items"]) == 1
    refused = deploy(run, "--distribution", "NONE", "--whole")
    assert refused.code == 1
    assert "look at --distribution" in refused.err
    assert "run this again with --whole" in refused.err


def test_a_bucket_that_is_not_there_is_told(run: Run, site: TinySite, cloud: Any) -> None:
    site.build()
    told = run("deploy", "s3", "--bucket", "pagse")
    assert told.code == 1
    assert "AWS refuses ListObjectsV2" in told.err
    assert "look at --bucket" in told.err


def test_without_a_built_site_nothing_is_asked_of_aws(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    told = deploy(run)
    assert told.code == 1
    assert "there is no built site" in told.err
    assert "run `gatherwell build` first" in told.err


def test_without_credentials_the_way_to_them_is_told(
    run: Run, site: TinySite, cloud: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    site.build()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    told = deploy(run)
    assert told.code == 1
    assert "no credentials for AWS were found where boto3 looks for them" in told.err


def test_an_aws_that_does_not_answer_is_told(
    run: Run, site: TinySite, cloud: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    told = deploy(run)
    assert told.code == 1
    assert "AWS cannot be reached" in told.err
