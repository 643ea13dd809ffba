"""What every screen is made of: fields, screens, dialogs, tables, drawings, theme, and what a screen reader hears."""
