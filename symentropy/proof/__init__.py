"""Claims about information quantities, their proofs, the kernel that replays proofs, and the search for proofs and counterexamples."""
