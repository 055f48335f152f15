"""The power-factor adjustment 功率因数调整电费 (力调电费) of the lines in its base."""
