"""The monthly report: its form as data, what is counted for it, its states."""
