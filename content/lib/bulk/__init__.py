"""Editors' bulk files: rows in csv or xlsx, with a preview of what changes, by django-import-export."""
