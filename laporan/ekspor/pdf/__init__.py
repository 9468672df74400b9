"""What is printed: A4, black on white, nothing said by colour alone."""
