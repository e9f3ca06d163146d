"""The vault opens what it sealed, and nothing else."""

import base64
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.kernel import vault
from guanjia.kernel.vault import BadKeys, CannotOpen


def spelled(*versions: int, salt: int = 0) -> str:
    return ",".join(f"{version}:{base64.b64encode(bytes([version + salt]) * 32).decode()}" for version in versions)


@pytest.fixture
def keys(settings):
    def use(text: str) -> None:
        settings.GUANJIA_KEYS = text
        vault.forget_keys()

    use(spelled(0, 1))
    yield use
    vault.forget_keys()


@pytest.fixture
def key_file(settings, tmp_path) -> Path:
    settings.GUANJIA_KEYS = ""
    settings.GUANJIA_KEY_FILE = str(tmp_path / "inside" / "keys")
    vault.forget_keys()
    yield Path(settings.GUANJIA_KEY_FILE)
    vault.forget_keys()


@given(text=st.text(), context=st.text(max_size=30))
def test_what_was_sealed_opens_in_its_column(text, context):
    assert vault.open_sealed(vault.seal(text, context=context), context=context) == text


@given(text=st.text(min_size=1))
def test_a_seal_shows_nothing_and_never_repeats(text):
    one, two = (vault.seal(text, context="a.B.c") for _ in range(2))
    assert one != two
    assert text == one or len(text) < 4 or text not in one


@given(text=st.text(min_size=1, max_size=40), where=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255))
def test_any_changed_byte_is_noticed(text, where, flip):
    head, _, body = vault.seal(text, context="a.B.c").partition(".")
    raw = bytearray(base64.b64decode(body))
    raw[where % len(raw)] ^= flip
    with pytest.raises(CannotOpen):
        vault.open_sealed(f"{head}.{base64.b64encode(raw).decode()}", context="a.B.c")


@given(one=st.text(max_size=20), other=st.text(max_size=20))
def test_equal_values_have_equal_indexes_and_others_do_not(one, other):
    assert (vault.blind(one, context="c") == vault.blind(other, context="c")) == (one == other)
    assert one == "" or vault.blind(one, context="c") != vault.blind(one, context="d")


def test_a_text_moved_to_another_column_does_not_open(keys):
    with pytest.raises(CannotOpen):
        vault.open_sealed(vault.seal("13812345678", context="a.Phone.number"), context="a.Party.id_number")


def test_a_wrong_key_raises_and_never_returns_the_ciphertext(keys):
    box = vault.seal("13812345678", context="c")
    keys(spelled(0, 1, salt=9))
    with pytest.raises(CannotOpen):
        vault.open_sealed(box, context="c")


def test_a_key_that_is_not_here_raises(keys):
    keys(spelled(0, 1, 2))
    box = vault.seal("13812345678", context="c")
    keys(spelled(0, 1))
    with pytest.raises(CannotOpen, match="version 2"):
        vault.open_sealed(box, context="c")


def test_a_seal_relabelled_with_another_version_does_not_open(keys):
    keys(spelled(0, 1, 2))
    box = vault.seal("x", context="c")
    with pytest.raises(CannotOpen):
        vault.open_sealed(box.replace("gj2.", "gj1."), context="c")


@pytest.mark.parametrize("text", ["13812345678", "gj.abc", "gjx.abc", "gj1", "1.abc"])
def test_a_text_that_was_never_sealed_is_refused(keys, text):
    with pytest.raises(CannotOpen):
        vault.open_sealed(text, context="c")


def test_the_highest_version_seals_and_every_version_opens(keys):
    old = vault.seal("甲", context="c")
    keys(spelled(0, 1, 2))
    assert vault.seal("乙", context="c").startswith("gj2.")
    assert vault.open_sealed(old, context="c") == "甲"


def test_the_index_stays_the_same_when_a_sealing_key_is_added(keys):
    before = vault.blind("13812345678", context="c")
    keys(spelled(0, 1, 2))
    assert vault.blind("13812345678", context="c") == before


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "1:AAAA",
        spelled(1),
        spelled(0),
        spelled(0, 1) + ",1:" + base64.b64encode(b"z" * 32).decode(),
        "0:%%%,1:%%%",
        "0:" + "x" * 44,
    ],
)
def test_unusable_keys_stop_everything(keys, text):
    keys(text)
    with pytest.raises(BadKeys):
        vault.seal("x", context="c")


def test_two_versions_may_not_share_a_key(keys):
    same = base64.b64encode(b"s" * 32).decode()
    keys(f"0:{same},1:{same}")
    with pytest.raises(BadKeys):
        vault.seal("x", context="c")


def test_the_first_use_makes_a_key_file_for_the_owner_alone(key_file):
    box = vault.seal("甲", context="c")
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == ["keys"]
    vault.forget_keys()
    assert vault.open_sealed(box, context="c") == "甲"


def test_a_key_file_that_others_may_read_is_refused(key_file):
    vault.seal("x", context="c")
    os.chmod(key_file, 0o640)
    vault.forget_keys()
    with pytest.raises(BadKeys, match="chmod 600"):
        vault.seal("x", context="c")


def test_a_new_key_seals_from_now_on_and_an_old_one_can_be_dropped(key_file):
    old = vault.seal("甲", context="c")
    index = vault.blind("甲", context="c")
    assert vault.add_key() == 2
    assert vault.seal("甲", context="c").startswith("gj2.")
    assert vault.open_sealed(old, context="c") == "甲"
    vault.drop_key(1)
    with pytest.raises(CannotOpen):
        vault.open_sealed(old, context="c")
    assert vault.blind("甲", context="c") == index
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("version", [0, 1, 7])
def test_neither_the_current_key_nor_the_index_key_can_be_dropped(key_file, version):
    vault.seal("x", context="c")
    with pytest.raises(BadKeys):
        vault.drop_key(version)


def test_keys_of_the_environment_are_changed_there(keys):
    for change in (vault.add_key, lambda: vault.drop_key(1)):
        with pytest.raises(BadKeys, match="GUANJIA_KEYS"):
            change()


def test_a_running_process_finds_the_key_that_another_one_added(key_file):
    vault.seal("x", context="c")
    ours = vault.ring()
    vault.add_key()
    box = vault.seal("甲", context="c")
    vault.ring.cache_clear()
    key_file_text = key_file.read_text()
    key_file.write_text(ours.spelled())
    vault.ring()
    key_file.write_text(key_file_text)
    assert vault.open_sealed(box, context="c") == "甲"
