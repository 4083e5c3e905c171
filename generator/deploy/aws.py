"""S3 and CloudFront by boto3: a bucket's listing, what is sent and deleted, and what went wrong, in words.

Credentials and region are found by boto3's own chain alone; nothing here reads, keeps or prints them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from generator.deploy.invalidation import batches
from generator.deploy.objects import SiteObject
from generator.ground.errors import SiteError

_AT_ONCE: Final = 8
_DELETED_AT_ONCE: Final = 1_000
_REMEDIES: Final = {
    "AccessDenied": "the role needs s3:ListBucket of the bucket, s3:PutObject and s3:DeleteObject of its objects,"
    " and cloudfront:CreateInvalidation of the distribution",
    "AllAccessDisabled": "ask AWS why the account or the bucket is closed",
    "ExpiredToken": "sign in again: the credentials are too old",
    "InvalidAccessKeyId": "look at the credentials that boto3 finds (`aws sts get-caller-identity`)",
    "NoSuchBucket": "look at --bucket; the stack's output `Bucket` names it",
    "NoSuchDistribution": "look at --distribution; the stack's output `DistributionId` names it",
    "PermanentRedirect": "the bucket is in another region: set AWS_REGION",
    "SignatureDoesNotMatch": "look at the credentials that boto3 finds, and at this machine's clock",
}


class Bucket(NamedTuple):
    """A bucket and the prefix below which the site lies: empty, or with a slash at its end."""

    client: Any
    name: str
    prefix: str = ""

    def listing(self) -> Mapping[str, str]:
        """Each key below the prefix with its entity tag, without quotes."""
        with worded():
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.name, Prefix=self.prefix
            )
            return {
                item["Key"]: item["ETag"].strip('"') for page in pages for item in page.get("Contents", ())
            }

    def send(self, objects: Iterable[SiteObject], sent: Callable[[SiteObject], None]) -> None:
        """Send *objects*, some at a time and in any order; *sent* hears of each."""
        with worded(), ThreadPoolExecutor(_AT_ONCE) as pool:
            for each in pool.map(self._put, objects):
                sent(each)

    def _put(self, each: SiteObject) -> SiteObject:
        self.client.put_object(
            Bucket=self.name,
            Key=each.key,
            Body=each.path.read_bytes(),
            ContentType=each.media_type,
            CacheControl=each.cache,
        )
        return each

    def delete(self, keys: Sequence[str]) -> None:
        """Delete *keys*; SiteError where the bucket kept one of them."""
        with worded():
            for batch in batches(keys, _DELETED_AT_ONCE):
                wanted = {"Objects": [{"Key": key} for key in batch], "Quiet": True}
                failed = self.client.delete_objects(Bucket=self.name, Delete=wanted).get("Errors", ())
                if failed:
                    first = failed[0]
                    raise SiteError(
                        f"{len(failed)} files could not be deleted, the first {first['Key']}",
                        hint=_REMEDIES.get(first.get("Code", ""), ""),
                    )


class Distribution(NamedTuple):
    """A CloudFront distribution that is told to forget paths; *references* yields a new name for each request."""

    client: Any
    id: str
    references: Iterator[str]

    def __call__(self, paths: Sequence[str]) -> None:
        with worded():
            for batch in batches(paths):
                named = {"Quantity": len(batch), "Items": list(batch)}
                self.client.create_invalidation(
                    DistributionId=self.id,
                    InvalidationBatch={"Paths": named, "CallerReference": next(self.references)},
                )


def open_bucket(name: str, prefix: str) -> Bucket:
    """The bucket *name*; boto3 is imported here, since it takes half a second."""
    import boto3

    with worded():
        return Bucket(boto3.Session().client("s3"), name, prefix)


def open_distribution(id_: str, references: Iterator[str]) -> Distribution:
    import boto3

    with worded():
        return Distribution(boto3.Session().client("cloudfront", region_name="us-east-1"), id_, references)


@contextmanager
def worded() -> Iterator[None]:
    """Turn what boto3 raises into errors with a remedy."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

    try:
        yield
    except (NoCredentialsError, PartialCredentialsError):
        hint = "sign in with `aws configure sso`, or set AWS_PROFILE; on CI give the job a role"
        raise SiteError("no credentials for AWS were found where boto3 looks for them", hint=hint) from None
    except ClientError as error:
        told = error.response.get("Error", {})
        code = str(told.get("Code", ""))
        message = f"AWS refuses {error.operation_name}: {told.get('Message') or code}"
        raise SiteError(message, hint=_REMEDIES.get(code, "")) from None
    except (BotoCoreError, Boto3Error) as error:
        raise SiteError(
            f"AWS cannot be reached: {error}", hint="look at the network, and at AWS_REGION"
        ) from None
