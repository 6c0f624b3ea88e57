"""From the outside world to raw bytes and upstream-shaped records."""
