"""What people type to sign in and to keep their account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.faces.kit.forms import Form


class SignInForm(Form):
    login = forms.CharField(
        label=_("账号"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("密码"), max_length=256, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class CodeForm(Form):
    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        help_text=_("打开手机上的验证器，输入 6 位数字；手机不在身边就输入一个恢复码"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class PasswordForm(Form):
    old_password = forms.CharField(
        label=_("现在的密码"), max_length=256, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new_password = forms.CharField(
        label=_("新密码"),
        max_length=256,
        strip=False,
        help_text=_("至少 12 位。几个不相干的词连起来，好记又难猜"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class EnrolForm(Form):
    code = forms.CharField(
        label=_("验证器上的 6 位数字"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ConfirmForm(Form):
    password = forms.CharField(
        label=_("密码"), max_length=256, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class TokenForm(Form):
    name = forms.CharField(label=_("用途"), max_length=40, help_text=_("例如：报表程序"))
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=366, initial=90)
    scopes = forms.MultipleChoiceField(label=_("可以做什么"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, scopes: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes
