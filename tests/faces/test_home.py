"""The first page asks who you are, and knows you."""


def test_a_stranger_is_sent_to_the_sign_in_page_and_back(client, db):
    response = client.get("/?day=today")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/%3Fday%3Dtoday")


def test_the_supervisor_sees_her_page(client, world):
    client.force_login(world.li.user)
    response = client.get("/")
    assert response.status_code == 200
    assert "李敏" in response.content.decode()
