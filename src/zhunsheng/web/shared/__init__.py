"""What the surfaces share: base page, components, words for days and money, the public page."""
