"""How the tables of a store came to be what they are: a step for each change, run by Alembic."""
