"""Addresses of signing in and of one's own account."""

from django.urls import path

from guanjia.faces.console.accounts import sign_in, views

urlpatterns = [
    path("sign-in/", sign_in.password, name="sign-in"),
    path("sign-in/code/", sign_in.second_factor, name="sign-in-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("settings/account/", views.account, name="account"),
    path("settings/account/password/", views.password, name="account-password"),
    path("settings/account/second-factor/", views.second_factor, name="account-second-factor"),
    path("settings/account/second-factor/removal/", views.second_factor_removal, name="account-second-factor-removal"),
    path("settings/account/recovery-codes/", views.recovery_codes, name="account-recovery-codes"),
    path("settings/account/sessions/", views.sessions, name="account-sessions"),
    path("settings/account/sessions/<str:key>/", views.session, name="account-session"),
    path("settings/account/devices/<int:pk>/", views.device, name="account-device"),
    path("settings/account/tokens/", views.tokens, name="account-tokens"),
    path("settings/account/tokens/<int:pk>/", views.token, name="account-token"),
]
