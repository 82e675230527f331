! The diffusion step in array syntax: the Laplacian of the whole interior, then the step.
!   gfortran -O3 -ffp-contract=off diffusion.f90 -o diffusion_fortran;  ./diffusion_fortran N STEPS
! Columns are contiguous here, so the first index is the column j and the second the row i.
program diffusion
    use, intrinsic :: iso_fortran_env, only: int64, real64, error_unit
    implicit none
    real(real64), parameter :: d = 1, x1 = -10, x2 = 10
    real(real64), allocatable :: p(:, :), lapl(:, :)
    real(real64) :: dx, dt, factor, total, row, seconds
    integer(int64) :: before, after, rate
    integer :: n, steps, s, i, j
    character(len=20) :: argument

    if (command_argument_count() /= 2) then
        write (error_unit, '(a)') 'usage: diffusion N STEPS'
        stop 2
    end if
    call get_command_argument(1, argument)
    read (argument, *) n
    call get_command_argument(2, argument)
    read (argument, *) steps

    allocate (p(0:n + 1, 0:n + 1), lapl(n, n))
    dx = (x2 - x1) / n
    dt = 0.25_real64 * (dx * dx) / d
    factor = (d / (dx * dx)) * dt
    p = 0
    do i = 1, n
        do j = 1, n
            p(j, i) = peak(i) * peak(j)
        end do
    end do

    call system_clock(before, rate)
    do s = 1, steps
        lapl = p(1:n, 2:n + 1) + p(1:n, 0:n - 1) + p(2:n + 1, 1:n) + p(0:n - 1, 1:n) - 4 * p(1:n, 1:n)
        p(1:n, 1:n) = p(1:n, 1:n) + factor * lapl
    end do
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

    real(real64) function peak(i)
        integer, intent(in) :: i
        real(real64) :: x
        x = x1 + ((i - 1) * (x2 - x1)) / n
        peak = 1 - abs(1 - 4 * abs((x - (x1 + x2) / 2) / (x2 - x1)))
    end function peak

end program diffusion
