"""The training screens: scenarios beside the real wizard, the drawn screens, feedback, exams and results."""
