"""One app per capability, one grammar; never HTTP, forms, templates or the clock."""
