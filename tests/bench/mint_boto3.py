"""The same sign-in URL as Sidelight mints, made with boto3: the peer of the bench."""

import argparse
import json
import threading
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

SESSION_SECONDS = 43200


def mint(sts, federation, role):
    credentials = sts.assume_role(RoleArn=role, RoleSessionName="bench", DurationSeconds=SESSION_SECONDS)["Credentials"]
    session = json.dumps(
        {
            "sessionId": credentials["AccessKeyId"],
            "sessionKey": credentials["SecretAccessKey"],
            "sessionToken": credentials["SessionToken"],
        }
    )
    form = urllib.parse.urlencode({"Action": "getSigninToken", "Session": session, "SessionDuration": SESSION_SECONDS})
    with urllib.request.urlopen(federation, form.encode(), timeout=30) as answer:
        token = json.load(answer)["SigninToken"]
    query = {
        "Action": "login",
        "Issuer": "bench",
        "Destination": urllib.parse.urljoin(federation, "/console/home"),
        "SigninToken": token,
    }
    return f"{federation}?{urllib.parse.urlencode(query)}"


def one_after_another(work, count):
    work()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def at_once(work, together, rounds):
    """Each time runs from the moment in which all begin; the first round does not count."""
    times = []
    barrier = threading.Barrier(together)

    def one():
        barrier.wait()
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1000

    with ThreadPoolExecutor(together) as pool:
        for number in range(rounds + 1):
            found = [task.result() for task in [pool.submit(one) for _ in range(together)]]
            if number > 0:
                times.extend(found)
    return times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sts", required=True, help="the address of STS")
    parser.add_argument("--federation", required=True, help="the address of the federation endpoint")
    parser.add_argument("--role", required=True)
    parser.add_argument("--loop", type=int, help="mint so many, one after another, and print their times in ms")
    parser.add_argument("--together", type=int, help="mint so many at once, and print their times in ms")
    parser.add_argument("--rounds", type=int, default=1, help="how often --together is done")
    arguments = parser.parse_args()
    config = Config(max_pool_connections=max(10, arguments.together or 0))
    sts = boto3.client("sts", endpoint_url=arguments.sts, config=config)

    def work():
        return mint(sts, arguments.federation, arguments.role)

    if arguments.loop is not None:
        print(json.dumps(one_after_another(work, arguments.loop)))
    elif arguments.together is not None:
        print(json.dumps(at_once(work, arguments.together, arguments.rounds)))
    else:
        print(work())


main()
