"""人员与岗位: members, posts, certificates, deputies."""
