import pytest
from django.http import HttpResponse

from leeside.web.padding import PAGE_STEP_BYTES, pad_page


@pytest.mark.parametrize(
    ("length", "padded"),
    [(0, 8192), (1, 8192), (8191, 8192), (8192, 8192), (8193, 16384), (100_000, 106_496)],
)
def test_a_page_is_filled_to_the_next_step(length: int, padded: int) -> None:
    response = pad_page(HttpResponse(b"x" * length))
    assert len(response.content) == padded
    assert response.content.rstrip(b" ") == b"x" * length
    assert padded % PAGE_STEP_BYTES == 0
