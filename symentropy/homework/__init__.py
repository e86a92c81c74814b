"""Homework: answers, chains and documents with named slips, and grading.

Main definitions: `check_answer`, `check_steps`, `check_document`, `grade`, `Report`.
"""
