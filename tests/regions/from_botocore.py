"""Holds the table of regions to botocore's endpoint data, or brings it up to date by it.

    from_botocore.py TABLE [--check]

TABLE is the Rust file with one `region(code, place, japanese, kana, partition)` a line. New regions
are added behind the last one of their partition, with AWS's English place in both languages; those
that botocore has no more are taken out. Each change is a line on stdout. With --check nothing is
written, and the exit code is 1 where something would change.

Source: botocore, data/endpoints.json. It is what the AWS CLI and boto3 go by.
"""

import json
import pathlib
import re
import sys

import botocore

PARTITIONS = ["aws", "aws-cn", "aws-us-gov", "aws-eusc"]
ROW = re.compile(r'^    region\("(?P<code>[^"]+)", .*"(?P<partition>[^"]+)"\),$')


def known_to_botocore():
    """Region codes with AWS's description, by partition."""
    data = json.loads((pathlib.Path(botocore.__file__).parent / "data/endpoints.json").read_text())
    by_name = {partition["partition"]: partition["regions"] for partition in data["partitions"]}
    return {name: {code: facts["description"] for code, facts in by_name[name].items()} for name in PARTITIONS}


def place(description):
    """`Europe (Frankfurt)` is called Frankfurt."""
    inner = re.search(r"\(([^)]+)\)", description)
    return inner.group(1) if inner else description


def brought_up_to_date(lines):
    """The table's lines as they should be, and what changed."""
    wanted, changes, kept = known_to_botocore(), [], []
    for line in lines:
        row = ROW.match(line)
        if row and row["code"] not in wanted.get(row["partition"], {}):
            changes.append(f"gone: {row['code']}")
        else:
            kept.append(line)
    for partition, regions in wanted.items():
        rows = [(at, ROW.match(line)) for at, line in enumerate(kept) if ROW.match(line)]
        of_partition = [(at, row["code"]) for at, row in rows if row["partition"] == partition]
        there = {code for _, code in of_partition}
        behind = of_partition[-1][0] if of_partition else rows[-1][0]
        for code in sorted(set(regions) - there, reverse=True):
            called = place(regions[code])
            kept.insert(behind + 1, f'    region("{code}", "{called}", "{called}", "", "{partition}"),')
            changes.append(f"new: {code} ({called}); say its place in Japanese and in kana")
    return kept, changes


def main():
    table = pathlib.Path(sys.argv[1])
    lines, changes = brought_up_to_date(table.read_text(encoding="utf-8").split("\n"))
    print("\n".join(changes) or "The table has all regions of botocore's")
    if "--check" in sys.argv:
        sys.exit(1 if changes else 0)
    if changes:
        table.write_text("\n".join(lines), encoding="utf-8")


main()
