"""The content that a new site begins with: data files beside `loading.py`, which reads them."""
