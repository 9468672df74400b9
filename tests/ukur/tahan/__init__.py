"""`make bench-tahan`: people at work while parts of the product die at random; afterwards nothing may be missing.

`rumah` the product under its own keeper, `gangguan` what is done to it, `orang` who works meanwhile, `buku` what they
were promised, `periksa` whether the promises were kept, `jalan` the run, `__main__` the command.
"""
