"""diffusion_pyopencl.py N STEPS: the diffusion step as an OpenCL kernel, a cell an item.

On the first GPU, or on a device a part of whose name or platform's name GHOSTROW_GPU_DEVICE is.
"""
import os
import sys
import time

import numpy as np
import pyopencl as cl

import fields

SOURCE = """
#pragma OPENCL FP_CONTRACT OFF
kernel void diffusion(global const double *p, global double *following, long n, double factor) {
    long j = get_global_id(0) + 1, i = get_global_id(1) + 1;
    if (i > n || j > n) {
        return;
    }
    long width = n + 2, at = i * width + j;
    double lapl = p[at + width] + p[at - width] + p[at + 1] + p[at - 1] - 4 * p[at];
    following[at] = p[at] + factor * lapl;
}
"""
GROUP = 64, 4


def device():
    wish = os.environ.get("GHOSTROW_GPU_DEVICE", "auto").lower()
    for platform in cl.get_platforms():
        for one in platform.get_devices():
            name = f"{one.name} {platform.name} {platform.version}".lower()
            if one.type & cl.device_type.GPU if wish == "auto" else wish in name:
                return one
    sys.exit(f"no device for GHOSTROW_GPU_DEVICE={wish}")


n, steps = map(int, sys.argv[1:3])
context = cl.Context([device()])
queue = cl.CommandQueue(context)
program = cl.Program(context, SOURCE).build()
p, factor = fields.diffusion_rows(n)
buffers = [cl.Buffer(context, cl.mem_flags.COPY_HOST_PTR, hostbuf=p) for _ in range(2)]
kernels = []
for here, there in (buffers, buffers[::-1]):
    kernel = cl.Kernel(program, "diffusion")
    kernel.set_args(here, there, np.int64(n), np.float64(factor))
    kernels.append(kernel)
size = tuple(-(-n // group) * group for group in GROUP)


def run(times):
    for step in range(times):
        cl.enqueue_nd_range_kernel(queue, kernels[step % 2], size, GROUP)
    queue.finish()


run(2)  # some drivers compile at the first launch; not part of the time
for buffer in buffers:
    cl.enqueue_copy(queue, buffer, p)
queue.finish()

start = time.perf_counter()
run(steps)
seconds = time.perf_counter() - start
cl.enqueue_copy(queue, p, buffers[steps % 2])
fields.report(seconds, p)
