"""What botocore resolves for the files of `cases/`, in the form of their `expected.json`.

    by_botocore.py CASES_DIR            prints {case: {"profiles": [...], "sso_sessions": [...]}},
                                        or {case: {"refused": why}} where botocore reads nothing at all
    by_botocore.py CASES_DIR --check    compares with each `expected.json`; what differs must be in
                                        `differences.json` beside CASES_DIR, and what is there must differ

botocore's own resolver finds the credentials of each profile, one session for each, and the chain is read off
the objects that it made. Only the last step is taken from it: no process is run, no network is asked.
"""

import argparse
import io
import json
import os
import sys
from datetime import datetime, timezone
from pathlib import Path

for name in [name for name in os.environ if name.startswith("AWS_") or name == "BOTO_CONFIG"]:
    del os.environ[name]
# What `credential_source = Environment` finds.
os.environ.update(AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY="-", AWS_EC2_METADATA_DISABLED="true")

from botocore import credentials as providers  # noqa: E402
from botocore.exceptions import (  # noqa: E402
    ConfigParseError,
    InfiniteLoopConfigError,
    InvalidConfigError,
    PartialCredentialsError,
)
from botocore.session import Session  # noqa: E402

# Whatever botocore asks when a profile itself says nothing: the machine, and files of before 2013.
BEYOND_PROFILES = {"ec2-credentials-file", "boto-config", "container-role", "iam-role"}

# botocore has one error for many problems, told apart by its words.
WORDS = {
    "contains both": "contradiction",
    "is inconsistent between": "contradiction",
    "The source_profile": "missing-parent",
    "must have credentials": "nothing",
    "The credential source": "malformed",
    "sso-session does not exist": "incomplete",
    "missing required configuration": "incomplete",
    "missing the following configuration": "incomplete",
    "has no role ARN configured": "incomplete",
}


class Process:
    """Stands for a started program that answers with keys; no program at all is an IndexError, as in Popen."""

    returncode = 0

    def __init__(self, words, **_):
        self.program = words[0]

    def communicate(self):
        return json.dumps({"Version": 1, "AccessKeyId": self.program, "SecretAccessKey": "-"}).encode(), b""


def take_the_last_step_from_botocore():
    retrieve = providers.ProcessProvider._retrieve_credentials_using

    def run(self, command):
        self._popen = Process
        return retrieve(self, command) | {"access_key": command}

    def machine(self):
        return providers.Credentials("-", "-", method=self.METHOD)

    def signed_in(self):
        keys = {"access_key": "-", "secret_key": "-", "token": "-", "account_id": None}
        return keys | {"expiry_time": datetime(9999, 1, 1, tzinfo=timezone.utc)}

    providers.ProcessProvider._retrieve_credentials_using = run
    providers.InstanceMetadataProvider.load = machine
    providers.ContainerProvider.load = machine
    providers.LoginCredentialFetcher.load_cached_credentials = signed_in
    providers.EC = providers.EC or object()  # else it wants awscrt for `login_session`


def chain(found):
    """The steps that lead to these credentials, the base first."""
    match found.method:
        case "shared-credentials-file" | "config-file":
            return [{"kind": "static", "key_id": found.access_key, "has_token": bool(found.token)}]
        case "env":
            return [{"kind": "environment"}]
        case "iam-role" | "container-role":
            return [{"kind": found.method}]
        case "custom-process":
            return [{"kind": "process", "command": found.access_key}]
    # The others keep a method that fetches; with MFA it is wrapped once.
    refresh = getattr(found._refresh_using, "_refresh", found._refresh_using)
    fetcher = refresh.__self__
    match found.method:
        case "login":
            return [{"kind": "login", "session": fetcher._session_name}]
        case "sso":
            if fetcher._token_provider:
                fetcher._token_provider._sso_config  # botocore looks at the session's own keys only here
            step = {"kind": "identity-center", "start_url": fetcher._start_url, "region": fetcher._sso_region}
            step |= {"account": fetcher._account_id, "role": fetcher._role_name, "session": fetcher._sso_session_name}
            return [step]
    asked = fetcher._assume_kwargs
    session_name = None if fetcher._using_default_session_name else asked["RoleSessionName"]
    if found.method == "assume-role-with-web-identity":
        token_file = fetcher._web_identity_token_loader._web_identity_token_path
        step = {"kind": "web-identity", "role": asked["RoleArn"], "token_file": token_file}
        return [step | {"session_name": session_name}]
    step = {"kind": "assume-role", "role": asked["RoleArn"], "external_id": asked.get("ExternalId")}
    step |= {"mfa_serial": asked.get("SerialNumber"), "session_name": session_name}
    step |= {"duration_seconds": asked.get("DurationSeconds")}
    return [*chain(fetcher._source_credentials), step]


def problem(error):
    match error:
        case InfiniteLoopConfigError():
            return "cycle"
        case PartialCredentialsError() | IndexError():
            return "incomplete"
        case InvalidConfigError():
            return next(kind for words, kind in WORDS.items() if words in str(error))
    return "malformed"  # a ValueError: no closing quotation


def profile(name):
    session = Session(profile=name)
    told = {"name": name, "region": session.get_config_variable("region")}
    resolver = providers.create_credential_resolver(session)
    resolver.providers = [provider for provider in resolver.providers if provider.METHOD not in BEYOND_PROFILES]
    try:
        found = resolver.load_credentials()
        return told | ({"chain": chain(found)} if found else {"problem": "nothing"})
    except (InvalidConfigError, PartialCredentialsError, IndexError, ValueError) as error:
        return told | {"problem": problem(error)}


def resolve(case):
    os.environ["AWS_CONFIG_FILE"] = str(case / "config")
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = str(case / "credentials")
    try:
        config = Session().full_config
    except ConfigParseError as error:
        return {"refused": type(error.kwargs["error"]).__name__}
    return {
        "profiles": [profile(name) for name in sorted(config["profiles"])],
        "sso_sessions": sorted(config.get("sso_sessions", {})),
    }


def differing(expected, found):
    """What differs between two results: names of profiles, "*" for the whole file, "sso_sessions"."""
    if "refused" in found:
        return {"*": found}
    ours, theirs = ({told["name"]: told for told in side["profiles"]} for side in (expected, found))
    if [told["name"] for told in expected["profiles"]] != sorted(ours):
        return {"profiles": "not sorted, or a name twice"}
    names = [name for name in sorted(ours | theirs) if ours.get(name) != theirs.get(name)]
    wrong = {name: theirs.get(name, "no such profile") for name in names}
    if expected["sso_sessions"] != found["sso_sessions"]:
        wrong["sso_sessions"] = found["sso_sessions"]
    return wrong


def check(cases, results):
    listed = json.loads((cases.parent / "differences.json").read_text(encoding="utf-8"))
    listed = {(line["case"], line["profile"]) for line in listed}
    seen = {}
    for case, found in results.items():
        expected = json.loads((cases / case / "expected.json").read_text(encoding="utf-8"))
        seen |= {(case, name): theirs for name, theirs in differing(expected, found).items()}
    for case, name in sorted(seen.keys() - listed):
        print(f"{case}: {name}: botocore has {json.dumps(seen[case, name], ensure_ascii=False)}")
    for case, name in sorted(listed - seen.keys()):
        print(f"{case}: {name}: listed as different, but it is not")
    print(f"{len(results)} cases, {len(listed)} listed differences", file=sys.stderr)
    return seen.keys() == listed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", metavar="CASES_DIR", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    take_the_last_step_from_botocore()
    results = {case.name: resolve(case) for case in sorted(arguments.cases.iterdir()) if case.is_dir()}
    if arguments.check:
        return 0 if check(arguments.cases, results) else 1
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
    json.dump(results, out, ensure_ascii=False, indent=2)
    out.write("\n")
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
