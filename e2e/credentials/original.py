"""Writes a store as the Python original did: FOLDER/.master_key and FOLDER/credentials.json.enc.

Usage: original.py FOLDER <RECORDS, where RECORDS is a JSON array of {name, value, scope, scope_filter, expires_at}.
"""

import base64
import json
import os
import pathlib
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def seal(key: bytes, text: str) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), None)


def record(key: bytes, given: dict) -> dict:
    return {
        "name": given["name"],
        "encrypted_value": base64.b64encode(seal(key, given["value"])).decode(),
        "scope": given["scope"],
        "scope_filter": given["scope_filter"],
        "created_at": 1767323045.678901,
        "expires_at": given["expires_at"],
        "last_accessed": None,
        "access_count": 0,
        "metadata": {},
    }


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(mode=0o700, parents=True)
    key = os.urandom(32)
    records = {given["name"]: record(key, given) for given in json.load(sys.stdin)}
    files = {
        ".master_key": base64.b64encode(key),
        "credentials.json.enc": seal(key, json.dumps(records, indent=2)),
    }
    for name, content in files.items():
        path = folder / name
        path.write_bytes(content)
        path.chmod(0o600)


main()
