"""The only modules that know a platform: a server of one's own, AWS Lambda, the zip that Lambda unpacks."""
