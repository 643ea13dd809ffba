"""Practice with fictional people: scenarios, the drawn screens of VO Gebruikersbeheer, grading and exams. Pure."""
