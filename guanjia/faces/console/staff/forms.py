"""Forms about members, posts, certificates, deputies and stewards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.domain.staff import queries
from guanjia.domain.staff.states import CertificateKind
from guanjia.faces.console.estate.forms import Versioned, day
from guanjia.faces.kit.forms import Form

SEXES = [("", "—"), ("f", _("女")), ("m", _("男"))]


class MemberForm(Form):
    """Somebody who works for the company."""

    number = forms.CharField(label=_("工号"), max_length=20)
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机"), max_length=30, required=False)
    hired_on = day(_("入职日期"))
    sex = forms.ChoiceField(label=_("性别"), choices=SEXES, required=False)
    born_on = day(_("出生日期"), required=False)


class MemberFactsForm(MemberForm, Versioned):
    """A member corrected. The phone stays unless a new one is typed."""

    phone = forms.CharField(label=_("新的手机号"), max_length=30, required=False, help_text=_("不改就留空"))


class AppointmentForm(Form):
    """A post over a scope."""

    post = forms.TypedChoiceField(label=_("岗位"), coerce=int)
    scope = forms.ChoiceField(label=_("范围"))
    began_on = day(_("开始日期"))
    ended_on = day(_("结束日期"), required=False)

    def __init__(self, *args: Any, posts: list[Any], scopes: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(post.pk, post.name) for post in posts]  # type: ignore[attr-defined]
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]


class DayForm(Form):
    """Something ends on a day."""

    ended_on = day(_("日期"), hint=_("当天起生效"))


class LoginForm(Versioned):
    """An account for a member."""

    login = forms.CharField(label=_("登录名"), max_length=60)
    password = forms.CharField(
        label=_("临时密码"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("首次登录时须改掉"),
    )


class LeaveForm(Versioned):
    """A member leaves."""

    left_on = day(_("离职日期"), hint=_("当天起不再有任何权限"))


class CertificateForm(Form):
    """A licence on record."""

    kind = forms.ChoiceField(label=_("证书"), choices=CertificateKind.choices)
    number = forms.CharField(label=_("编号"), max_length=60)
    issuer = forms.CharField(label=_("发证机关"), max_length=60, required=False)
    issued_on = day(_("发证日期"), required=False)
    expires_on = day(_("有效期至"), required=False, hint=_("长期有效可以不填"))


class RevocationForm(Versioned):
    """A licence that counts no more."""

    revoked_on = day(_("作废日期"))


class DeputyForm(Form):
    """Who stands in, and when: the last day is the day before the end."""

    deputy = forms.TypedChoiceField(label=_("代班人"), coerce=int)
    began_on = day(_("开始日期"))
    ended_on = day(_("恢复日期"), hint=_("这一天起由本人上班"))
    reason = forms.CharField(label=_("事由"), max_length=40, required=False)

    def __init__(self, *args: Any, members: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].choices = [(each.pk, f"{each.name}（{each.number}）") for each in members]  # type: ignore[attr-defined]


class StewardForm(Form):
    """A grid to look after."""

    grid = forms.TypedChoiceField(label=_("网格"), coerce=int)
    began_on = day(_("开始日期"))

    def __init__(self, *args: Any, grids: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grid"].choices = [(grid.pk, f"{grid.estate.name} {grid.name}") for grid in grids]  # type: ignore[attr-defined]


class PostForm(Form):
    """A post of the company's own."""

    name = forms.CharField(label=_("岗位名称"), max_length=40)
    requires_totp = forms.BooleanField(label=_("登录须两步验证"), required=False)
    permissions = forms.MultipleChoiceField(label=_("权限"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permissions"].choices = [  # type: ignore[attr-defined]
            (app, [(name, label) for name, label, _held in rows]) for app, rows in queries.permission_groups()
        ]


class PostFactsForm(PostForm, Versioned):
    """What a post may do and whom it reports to."""

    reports_to = forms.TypedChoiceField(label=_("上级"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, posts: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name"]
        self.fields["reports_to"].choices = [("", "—"), *((post.pk, post.name) for post in posts)]  # type: ignore[attr-defined]
