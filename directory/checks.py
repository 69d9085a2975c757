"""System checks: what must be true before the site may start in production."""
