"""`guanjia tidy` deletes what has had its time, and says how much."""

import json
from datetime import timedelta
from io import StringIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from guanjia.domain.files.rules import new_key
from guanjia.kernel import clock as kernel_clock
from tests.world import model


def test_old_sessions_and_lost_files_go_and_the_rest_stays(client, world, clock):
    client.force_login(world.li.user)
    default_storage.save(new_key(), ContentFile(b"lost"))

    def tidy():
        out = StringIO()
        call_command("tidy", "--format", "json", stdout=out)
        return json.loads(out.getvalue())

    assert tidy() == {"accounts": 0, "files": 0}
    clock.stop(kernel_clock.now() + timedelta(days=120))
    assert tidy() == {"accounts": 1, "files": 1}
    assert model("accounts.Session").objects.count() == 0
