! The five-point average in array syntax: the row above is held at 1, the other sides at 0.
!   gfortran -O3 -ffp-contract=off jacobi.f90 -o jacobi_fortran;  ./jacobi_fortran N STEPS
! Columns are contiguous here, so the first index is the column j and the second the row i.
program jacobi
    use, intrinsic :: iso_fortran_env, only: int64, real64, error_unit
    implicit none
    real(real64), allocatable :: p(:, :), next(:, :)
    real(real64) :: total, row, seconds
    integer(int64) :: before, after, rate
    integer :: n, steps, s, i, j
    character(len=20) :: argument

    if (command_argument_count() /= 2) then
        write (error_unit, '(a)') 'usage: jacobi N STEPS'
        stop 2
    end if
    call get_command_argument(1, argument)
    read (argument, *) n
    call get_command_argument(2, argument)
    read (argument, *) steps

    allocate (p(0:n + 1, 0:n + 1), next(0:n + 1, 0:n + 1))
    p = 0
    p(:, 0) = 1
    next = p

    call system_clock(before, rate)
    do s = 1, steps / 2
        call sweep(p, next)
        call sweep(next, p)
    end do
    if (mod(steps, 2) == 1) then
        call sweep(p, next)
        p = next
    end if
    call system_clock(after)
    seconds = real(after - before, real64) / real(rate, real64)

    total = 0
    do i = 1, n
        row = 0
        do j = 1, n
            row = row + p(j, i)
        end do
        total = total + row
    end do
    print '(a, es15.8, 3(a, es24.16e3))', 'seconds ', seconds, ' sum ', total, ' max ', maxval(p(1:n, 1:n)), &
        ' middle ', p(n / 3, n / 2)

contains

    subroutine sweep(p, next)
        real(real64), intent(in) :: p(0:n + 1, 0:n + 1)
        real(real64), intent(inout) :: next(0:n + 1, 0:n + 1)
        next(1:n, 1:n) = 0.2_real64 * (p(1:n, 1:n) + p(0:n - 1, 1:n) + p(2:n + 1, 1:n) + p(1:n, 0:n - 1) &
            + p(1:n, 2:n + 1))
    end subroutine sweep

end program jacobi
