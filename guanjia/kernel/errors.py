"""Refusals: the anticipated no. Everything else is a bug and rises."""

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An anticipated no, with a code for machines and a sentence that the person can act on.

    `field` names the form field that it concerns, or "" for the whole form. `status` is the HTTP answer of the faces.
    """

    code = "refused"
    field = ""
    status = 422

    def __init__(self, message: object = "", *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if field is not None:
            self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refusal):
    """The person may see the thing, but not do this to it."""

    code = "not_allowed"
    status = 403

    def __init__(self, permission: str) -> None:
        from guanjia.kernel.permissions import label_of

        super().__init__(_("您没有「%(permission)s」权限") % {"permission": label_of(permission)})
        self.permission = permission


class IllegalMove(Refusal):
    """The verb does not exist in the state that the thing is in."""

    code = "illegal_move"


class Stale(Refusal):
    """Somebody changed the thing since the person looked at it."""

    code = "stale"

    def __init__(self, message: object = "") -> None:
        super().__init__(message or _("刚刚有人改过。下面是最新内容，请再确认"))


class KeyReused(Refusal):
    """The same idempotency key came back with another body."""

    code = "key_reused"

    def __init__(self) -> None:
        super().__init__(_("这次提交的编号已用于另一份内容，请刷新后重填"))
