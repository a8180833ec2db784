<p>Dear colleague,</p>
<p>A new case was classified as confirmed.</p>
<p>Disease: ${case.disease}</p>
<p>Case: ${case.firstName} ${case.lastName}, ${case.district}</p>
