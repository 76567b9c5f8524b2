"""The same sign-in URL as `side url` mints, made with boto3: the peer of the bench."""

import argparse
import json
import time
import urllib.parse
import urllib.request

import boto3


def mint(sts, endpoint, role):
    credentials = sts.assume_role(RoleArn=role, RoleSessionName="bench", DurationSeconds=3600)["Credentials"]
    session = json.dumps(
        {
            "sessionId": credentials["AccessKeyId"],
            "sessionKey": credentials["SecretAccessKey"],
            "sessionToken": credentials["SessionToken"],
        }
    )
    form = urllib.parse.urlencode({"Action": "getSigninToken", "Session": session, "SessionDuration": 43200})
    with urllib.request.urlopen(f"{endpoint}/federation", form.encode(), timeout=30) as answer:
        token = json.load(answer)["SigninToken"]
    query = {
        "Action": "login",
        "Issuer": "bench",
        "Destination": f"{endpoint}/console/home",
        "SigninToken": token,
    }
    return f"{endpoint}/federation?{urllib.parse.urlencode(query)}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--endpoint", required=True, help="origin of STS and of the federation endpoint")
    parser.add_argument("--role", required=True)
    parser.add_argument("--loop", type=int, help="mint so many and print p50 and p99 in ms")
    arguments = parser.parse_args()
    sts = boto3.client("sts", endpoint_url=arguments.endpoint)
    if arguments.loop is None:
        print(mint(sts, arguments.endpoint, arguments.role))
        return
    mint(sts, arguments.endpoint, arguments.role)
    times = []
    for _ in range(arguments.loop):
        start = time.perf_counter()
        mint(sts, arguments.endpoint, arguments.role)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    last = len(times) - 1
    print(json.dumps({"p50": times[last * 50 // 100], "p99": times[last * 99 // 100]}))


main()
