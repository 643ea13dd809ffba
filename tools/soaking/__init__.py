"""The parts of `soak`: what is decided, what each desk does, what must be there, where numbers are looked for."""
