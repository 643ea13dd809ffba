"""Each way in which fetching fails has its own sentence: failures provoked on this machine, heard from the real pip."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bootstrap import fetching, reasons
from bootstrap.talk import NotSetUpError

from tests.tooling.checkouts import stub_wheel

LOCK = "stub==1.0 --hash=sha256:" + 64 * "0" + "\n"
PYTHON = Path(sys.executable)
"""Each of these fails before anything is installed, so the Python of the tests will do."""


@contextlib.contextmanager
def answering(status: int, certificate: Path | None = None) -> Iterator[str]:
    """A server on this machine that says the same to whoever asks."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_CONNECT = do_GET  # noqa: N815 # the name that http.server asks for

        def log_message(self, *_: object) -> None:
            """Not in the tests' output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # By name, as pip 24.2 on Python 3.13 trips over an address with numbers.
        yield f"{'https://localhost' if certificate else 'http://127.0.0.1'}:{server.server_port}"
        server.shutdown()


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """Tries to install with these settings of pip's. Returns the sentence."""
    # fetching reads the caller's variables: of this machine's none may be left.
    for name in list(fetching.os.environ):
        if name.upper().startswith("PIP_") or name.upper().endswith("_PROXY") or name in ("SSL_CERT_FILE",):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", fetching.os.devnull)
    # No try after the first: pip waits before each, and reports the last one only.
    monkeypatch.setenv("PIP_RETRIES", "0")

    def tried(lock: str = LOCK, **settings: str) -> str:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        file = tmp_path / "run.txt"
        file.write_text(lock, encoding="utf-8")
        with pytest.raises(NotSetUpError) as told:
            fetching.install(PYTHON, file, tmp_path)
        assert "\n" not in str(told.value)
        return str(told.value)

    return tried


def test_no_network(refused: Callable[..., str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "cannot be reached; check the network" in refused(PIP_INDEX_URL=f"http://127.0.0.1:{port}/")


def test_a_name_that_is_not_known(refused: Callable[..., str]) -> None:
    assert "cannot be reached; check the network" in refused(PIP_INDEX_URL="https://registry.invalid/")


def test_an_address_that_is_not_secure(refused: Callable[..., str]) -> None:
    assert "does not begin with https" in refused(PIP_INDEX_URL="http://registry.invalid/")


def test_a_connection_that_breaks(refused: Callable[..., str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drop() -> None:
            with contextlib.suppress(OSError):
                while True:
                    server.accept()[0].close()

        threading.Thread(target=drop, daemon=True).start()
        assert "cannot be reached" in refused(PIP_INDEX_URL=f"http://127.0.0.1:{server.getsockname()[1]}/")


def test_no_answer_in_time(refused: Callable[..., str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert "did not answer in time" in refused(PIP_INDEX_URL=address, PIP_TIMEOUT="0.2")


def test_a_proxy_that_is_not_there(refused: Callable[..., str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = refused(PIP_INDEX_URL="https://registry.invalid/", HTTPS_PROXY=f"http://127.0.0.1:{port}")
    assert (
        "proxy of your network cannot be reached" in told or "ask your IT department whether it needs a proxy" in told
    )


def test_a_proxy_that_wants_a_password(refused: Callable[..., str]) -> None:
    with answering(407) as proxy:
        told = refused(PIP_INDEX_URL="https://registry.invalid/", HTTPS_PROXY=proxy)
    assert "asks for a name and a password" in told


def test_a_certificate_that_is_refused(refused: Callable[..., str], tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl to make a certificate with")
    both = tmp_path / "own.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "2"]
    subprocess.run([*command, "-keyout", both, "-out", tmp_path / "c"], check=True, capture_output=True)
    both.write_bytes(both.read_bytes() + (tmp_path / "c").read_bytes())
    with answering(200, both) as address:
        assert "certificate of the package registry was refused" in refused(PIP_INDEX_URL=address)
        assert "certificate" in refused(PIP_INDEX_URL=address, PIP_CERT=str(tmp_path / "no-such-file"))


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "refuses this user"),
        (403, "refuses this user"),
        (404, "does not have stub==1.0"),
        (500, "has trouble of its own"),
        (503, "has trouble of its own"),
    ],
)
def test_a_registry_that_says_no(refused: Callable[..., str], status: int, sentence: str) -> None:
    with answering(status) as address:
        assert sentence in refused(PIP_INDEX_URL=address)


def test_another_file_than_the_lock_names(refused: Callable[..., str], tmp_path: Path) -> None:
    stub_wheel(tmp_path, "stub", "1.0")
    told = refused(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    assert told.startswith("Not set up: stub==1.0 is not the file that the lock file names")


def test_a_lock_without_hashes(refused: Callable[..., str], tmp_path: Path) -> None:
    stub_wheel(tmp_path, "stub", "1.0")
    told = refused("stub==1.0\n", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    assert told.startswith("Not set up, for a reason that nobody foresaw; pip or Python says: ")
    assert "hash" in told


@pytest.mark.parametrize("tag", ["py3-none-win32", "cp310-cp310-manylinux_2_99_s390x"])
def test_no_wheel_for_this_machine(refused: Callable[..., str], tmp_path: Path, tag: str) -> None:
    stub_wheel(tmp_path, "stub", "1.0", tag)
    told = refused(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    assert f"there is no ready-made stub==1.0 for this machine ({reasons.machine()})" in told


def test_a_version_that_the_registry_lacks_is_not_blamed_on_the_machine(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    stub_wheel(tmp_path, "stub", "0.9", "py3-none-win32")
    stub_wheel(tmp_path, "stub", "1.1")
    assert "does not have stub==1.0" in refused(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "no space left"),
        (
            "ERROR: Could not install packages due to an OSError: [WinError 112] Onvoldoende schijfruimte",
            "no space left",
        ),
        ("Error: [Errno 122] Disk quota exceeded: 'a'", "no space left"),
        ("Error: [Errno 13] Permission denied: 'a'", "may not write in the folder of this program"),
        ("ERROR: Could not install packages due to an OSError: [WinError 5] Toegang geweigerd: 'a'", "may not write"),
        ("Error: [Errno 30] Read-only file system: 'a'", "may not write"),
        ("Could not fetch URL x: connection error: [Errno 13] Permission denied - skipping", "check the network"),
        # As pip 26.3 says it.
        ("Could not fetch URL x: connection error: [Errno 111] Connection refused - skipping", "check the network"),
        ("Could not fetch URL x: 127.0.0.1 didn't respond within 1.0 seconds - skipping", "did not answer in time"),
        ("Could not fetch URL x: proxy connection error: ('Unable to connect to proxy', Ne - skipping", "HTTPS_PROXY"),
        (
            "WARNING: Retrying (Retry(total=0)) after 'Read timed out.'\nERROR: No matching distribution found",
            "does not have",
        ),
        (
            "ERROR: Exception:\nTraceback (most recent call last):\nValueError: what it was",
            "says: ValueError: what it was",
        ),
        ("", "nobody foresaw; pip or Python says: not a word of it"),
    ],
)
def test_what_only_other_systems_say(said: str, sentence: str) -> None:
    assert sentence in reasons.reason(said)


def test_the_machine_is_named_by_what_decides() -> None:
    told = reasons.machine()
    assert f"{sys.version_info[0]}.{sys.version_info[1]}" in told
    if sys.platform == "linux":
        assert "glibc" in told
