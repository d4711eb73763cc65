"""Lets the Python packages aics-tlog and aics-witness, which share no code with us, check what we write.

check.py log VKEY DIRECTORY [RECEIPT...]
    verifies checkpoint, tiles, every entry and the receipts; prints OK and the number of entries
check.py witness VKEY DATABASE NAME SEED_HEX TIME < REQUEST
    answers an add-checkpoint request: status and content type on a line each, then the body
"""

import base64
import sys
from pathlib import Path

import aics_tlog
from aics_tlog.checkpoint import parse_checkpoint, verify_checkpoint
from aics_tlog.note import parse_note, parse_vkey


def verified(note_bytes, key):
    note = parse_note(note_bytes)
    result = verify_checkpoint(note, key, expected_origin=key.name)
    if not result.ok:
        sys.exit(f"FAILED: checkpoint: {result.error}")
    return parse_checkpoint(note.text)


def check_log(vkey, directory, receipts):
    key = parse_vkey(vkey)
    head = verified(Path(directory, "checkpoint").read_bytes(), key)
    try:
        aics_tlog.audit_tiles(aics_tlog.FileSystemTileReader(directory), head.size, head.root)
    except (OSError, ValueError) as error:
        sys.exit(f"FAILED: {error}")
    for receipt in receipts:
        proof, _, note = Path(receipt).read_bytes().partition(b"\n\n")
        header, extra, index, *hashes = proof.decode().split("\n")
        entry = base64.b64decode(extra.removeprefix("extra "))
        then = verified(note, key)
        path = [base64.b64decode(line) for line in hashes]
        number = int(index.removeprefix("index "))
        if header != "c2sp.org/tlog-proof@v1" or not aics_tlog.verify_leaf_inclusion(
            entry, number, then.size, path, then.root
        ):
            sys.exit(f"FAILED: {receipt}: the proof does not hold")
    print(f"OK: {head.size} entries, {len(receipts)} receipts")


def answer(vkey, database, name, seed, time):
    from aics_witness.config import LogConfig
    from aics_witness.service import Witness, WitnessError
    from aics_witness.store import WitnessStore, parse_seed_hex

    key = parse_vkey(vkey)
    store = WitnessStore(database, create=True)
    log = LogConfig(origin=key.name, vkeys=(key,))
    witness = Witness(name, parse_seed_hex(seed), store, [log], clock=lambda: float(time))
    try:
        status, kind, body = 200, "text/plain", witness.add_checkpoint(sys.stdin.buffer.read())
    except WitnessError as refusal:
        status, kind, body = refusal.status, refusal.content_type, refusal.body
    store.close()
    sys.stdout.buffer.write(f"{status}\n{kind}\n".encode() + body)


if sys.argv[1] == "log":
    check_log(sys.argv[2], sys.argv[3], sys.argv[4:])
else:
    answer(*sys.argv[2:])
