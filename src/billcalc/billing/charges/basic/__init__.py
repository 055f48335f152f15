"""The basic charge 基本电费 (容（需）量电费): by capacity, by contracted demand, by actual demand."""
