"""Corrections (退补): bills that were wrong are cancelled and billed anew, and nothing issued is altered."""
