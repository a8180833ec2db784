<p>Dear {{ $patient->name }},</p>
<p>Your doctor has reviewed your report and wrote:</p>
<p>{{ $report->doctor_remark }}</p>
