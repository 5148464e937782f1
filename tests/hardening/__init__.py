"""What must hold on hostile data, in hostile environments and on full disks, run as users do: from a shell.

Each test of a listed case has its name (`test_a09_...`); the even and odd numbers between are cases of the same kind.
"""
