"""The pages of the wizard, one module each. A page shows and asks; it knows no rule."""
