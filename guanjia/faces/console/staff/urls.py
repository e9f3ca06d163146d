"""Addresses of members and posts."""

from django.urls import path

from guanjia.faces.console.staff.views import member, people, posts

urlpatterns = [
    path("settings/people/", people.members, name="people"),
    path("settings/people/new/", people.new, name="member-new"),
    path("settings/people/posts/", posts.posts, name="posts"),
    path("settings/people/posts/library/", posts.library, name="posts-library"),
    path("settings/people/posts/new/", posts.new, name="post-new"),
    path("settings/people/posts/<int:pk>/", posts.post, name="post"),
    path("settings/people/certificates/", people.certificates, name="certificates"),
    path("settings/people/deputies/", people.deputies, name="deputies"),
    path("settings/people/<int:pk>/", member.member, name="member"),
    path("settings/people/<int:pk>/facts/", member.facts, name="member-facts"),
    path("settings/people/<int:pk>/login/", member.login, name="member-login"),
    path("settings/people/<int:pk>/leave/", member.leave, name="member-leave"),
    path("settings/people/<int:pk>/appointments/new/", member.appointment, name="appointment-new"),
    path("settings/people/<int:pk>/appointments/<int:appointment>/end/", member.appointment_end, name="appointment-end"),
    path("settings/people/<int:pk>/certificates/new/", member.certificate, name="certificate-new"),
    path("settings/people/<int:pk>/certificates/<int:certificate>/revocation/", member.revocation, name="certificate-revocation"),
    path("settings/people/<int:pk>/deputies/new/", member.deputy, name="deputy-new"),
    path("settings/people/<int:pk>/deputies/<int:deputyship>/end/", member.deputy_end, name="deputy-end"),
    path("settings/people/<int:pk>/grids/new/", member.steward, name="steward-new"),
    path("settings/people/<int:pk>/grids/<int:stewardship>/end/", member.steward_end, name="steward-end"),
]
