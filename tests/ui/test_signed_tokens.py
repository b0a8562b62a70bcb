import pytest

from mtreview.ui import tokens
from mtreview.ui.tokens import Grant, TokenError, issue, verify

GRANT = Grant("r1", "أمل", "ar")


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv("MTREVIEW_SECRET", "a secret")
    tokens._secret.cache_clear()
    yield
    tokens._secret.cache_clear()


def test_a_token_tells_what_it_was_issued_for():
    assert verify(issue(GRANT)) == GRANT


@pytest.mark.parametrize("forged", ["", None, "x.y.z", 7, "a" * 5000])
def test_what_was_not_signed_is_refused(forged):
    with pytest.raises(TokenError, match="Reload"):
        verify(forged)


def test_a_token_of_another_secret_is_refused(monkeypatch):
    token = issue(GRANT)
    monkeypatch.setenv("MTREVIEW_SECRET", "another")
    tokens._secret.cache_clear()
    with pytest.raises(TokenError):
        verify(token)


def test_an_old_token_is_refused(monkeypatch):
    token = issue(GRANT)
    monkeypatch.setattr(tokens, "LIFETIME", -1)
    with pytest.raises(TokenError):
        verify(token)


def test_the_secret_outlives_the_process_and_is_the_users_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("MTREVIEW_SECRET")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    tokens._secret.cache_clear()
    token = issue(GRANT)
    tokens._secret.cache_clear()
    assert verify(token) == GRANT
    (path,) = tmp_path.rglob("secret")
    assert path.stat().st_mode & 0o077 == 0
