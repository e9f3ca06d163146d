"""Verbs of accounts: signing in, proving a second factor, keeping one's own account, opening and ending others'."""

from guanjia.domain.accounts.actions.codes import send_code, sign_in_by_code
from guanjia.domain.accounts.actions.passwords import change_password, sign_in
from guanjia.domain.accounts.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    make_recovery_codes,
    prove_second_factor,
    remove_second_factor,
)
from guanjia.domain.accounts.actions.upkeep import (
    end_account,
    end_sessions,
    enter,
    forget_device,
    leave,
    lend_password,
    make_token,
    open_account,
    restore_account,
    revoke_token,
    touch,
    touch_token,
)

__all__ = [
    "begin_second_factor",
    "change_password",
    "confirm_second_factor",
    "end_account",
    "end_sessions",
    "enter",
    "forget_device",
    "leave",
    "lend_password",
    "make_recovery_codes",
    "make_token",
    "open_account",
    "prove_second_factor",
    "remove_second_factor",
    "restore_account",
    "revoke_token",
    "send_code",
    "sign_in",
    "sign_in_by_code",
    "touch",
    "touch_token",
]
