"""What the room sees: slides laid out from views alone, and the window and thumbnails that paint them."""
