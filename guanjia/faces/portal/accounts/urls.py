"""Addresses of signing in by phone."""

from django.urls import path

from guanjia.faces.portal.accounts import views

urlpatterns = [
    path("sign-in/", views.phone, name="sign-in"),
    path("sign-in/code/", views.code, name="sign-in-code"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
