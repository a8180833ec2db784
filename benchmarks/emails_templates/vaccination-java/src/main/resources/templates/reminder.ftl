<#-- reminder of the second dose -->
<p>Dear ${guardian.name},</p>
<p>${child.firstName} is due for the second dose of the MMR vaccine<#if clinic??> at ${clinic.name}</#if>.</p>
