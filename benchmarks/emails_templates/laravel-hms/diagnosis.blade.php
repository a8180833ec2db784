<p>Hello {{ $patientDiagnosisTest->patient->user->full_name }},</p><p>Your diagnosis test report {{ $patientDiagnosisTest->report_number }} is attached.</p>
