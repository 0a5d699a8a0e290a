/**
 * Finds out why something does not work, on this machine and in the cluster, and says
 * what to do about it. Read {@link lab.console.doctor.DoctorCommand} first.
 */
@NullMarked
package lab.console.doctor;

import org.jspecify.annotations.NullMarked;
